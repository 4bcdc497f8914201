import { Alert } from "../alert.tsx";
import { LinkButton, SubmitButton } from "../button.tsx";
import { PostForm } from "../post-form.tsx";

/** What is asked once before something is taken away: what will happen, the deed, and the way back. */
export function AskOnce(props: {
	/** What went wrong with the last try. */
	trouble?: string;
	lines: string[];
	version: number;
	submit: string;
	keep: { to: string; label: string };
}) {
	return (
		<>
			{props.trouble && <Alert tone="bad">{props.trouble}</Alert>}
			{props.lines.map((line) => (
				<p key={line}>{line}</p>
			))}
			<div className="row">
				<PostForm>
					<input type="hidden" name="version" value={props.version} />
					<SubmitButton weight="danger">{props.submit}</SubmitButton>
				</PostForm>
				<LinkButton to={props.keep.to} weight="quiet">
					{props.keep.label}
				</LinkButton>
			</div>
		</>
	);
}
