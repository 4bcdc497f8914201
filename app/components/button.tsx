import { Button, type ButtonProps } from "@mantine/core";
import { Link } from "@remix-run/react";
import type { ButtonHTMLAttributes, ReactNode } from "react";

type Weight = "primary" | "quiet" | "danger";

const looks: Record<Weight, ButtonProps> = {
	primary: {},
	quiet: { variant: "default" },
	danger: { color: "red" },
};

/**
 * Sends its form; its words say what happens ("Send to 1,204 people"). `name` and `value` tell one form's buttons apart.
 *
 * `<SubmitButton>{t("save")}</SubmitButton>  <SubmitButton weight="danger" name="intent" value="cancel">…</SubmitButton>`
 */
export function SubmitButton({
	weight = "primary",
	children,
	...rest
}: { weight?: Weight; children: ReactNode } & Pick<
	ButtonHTMLAttributes<HTMLButtonElement>,
	"name" | "value" | "disabled" | "formAction" | "form"
>) {
	return (
		<Button type="submit" {...looks[weight]} {...rest}>
			{children}
		</Button>
	);
}

/** A link that looks like a button: `<LinkButton to="new">…</LinkButton>`. */
export function LinkButton(props: { to: string; weight?: Weight; children: ReactNode }) {
	return (
		<Button component={Link} discover="none" to={props.to} {...looks[props.weight ?? "primary"]}>
			{props.children}
		</Button>
	);
}
