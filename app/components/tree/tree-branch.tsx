import { Link, useLocation } from "@remix-run/react";
import { AccountState } from "#app/components/account-state.tsx";
import { useCabinetPath } from "#app/components/cabinet-path.ts";
import { Icon } from "#app/components/icon.tsx";
import { formatNumber } from "#app/lib/format.ts";
import { usePage, useT } from "#app/lib/page-context.ts";
import type { TreeNode } from "#app/modules/accounts/get-tree.server.ts";
import { type OpenNodes, withOpen, withoutOpen, writeOpenNodes } from "#app/modules/accounts/open-nodes.ts";

/** One level of the tree and what is open below it; every fold is a link, so that what is open stands in the address. */
export function TreeBranch({ nodes, open }: { nodes: TreeNode[]; open: OpenNodes }) {
	return (
		<ul className="tree">
			{nodes.map((node) => (
				<li key={node.id} id={`n${node.id}`}>
					<NodeLine node={node} open={open} />
					{node.children.length > 0 && <TreeBranch nodes={node.children} open={open} />}
					<MoreLinks node={node} open={open} />
				</li>
			))}
		</ul>
	);
}

function NodeLine({ node, open }: { node: TreeNode; open: OpenNodes }) {
	const t = useT("tree");
	const ta = useT("accounts");
	const { locale } = usePage();
	const path = useCabinetPath();
	return (
		<div className={node.isHit ? "node hit" : "node"}>
			<Fold node={node} open={open} />
			<Link discover="none" to={path(`accounts/${node.id}`)}>
				{node.isHit ? (
					<mark>
						<bdi>{node.name}</bdi>
					</mark>
				) : (
					<bdi>{node.name}</bdi>
				)}
			</Link>
			<span className="soft small">
				{ta(`kind.${node.kind}`)}
				{node.branchSize > 1 && ` · ${t("below", { n: formatNumber(locale, node.branchSize - 1) })}`}
			</span>
			{node.state !== "active" && (
				<span className="small">
					<AccountState state={node.state} />
				</span>
			)}
		</div>
	);
}

function Fold({ node, open }: { node: TreeNode; open: OpenNodes }) {
	const t = useT("tree");
	const to = useOpenLink();
	if (node.branchSize === 1) return <span className="fold" />;
	const next = node.isOpen ? withoutOpen(open, idsIn(node)) : withOpen(open, node.id);
	return (
		<Link
			discover="none"
			className="fold"
			to={to(next, node.id)}
			aria-expanded={node.isOpen}
			aria-label={t(node.isOpen ? "close" : "open", { name: node.name })}
		>
			<Icon name="chevron" flip={!node.isOpen} />
		</Link>
	);
}

function MoreLinks({ node, open }: { node: TreeNode; open: OpenNodes }) {
	const t = useT("tree");
	const to = useOpenLink();
	if (!node.isLater && node.moreAfter === null) return null;
	return (
		<p className="more small">
			{node.isLater && (
				<Link discover="none" to={to(withOpen(open, node.id), node.id)}>
					{t("first", { name: node.name })}
				</Link>
			)}
			{node.moreAfter !== null && (
				<Link discover="none" to={to(withOpen(open, node.id, node.moreAfter), node.id)}>
					{t("more", { name: node.name })}
				</Link>
			)}
		</p>
	);
}

/** The page with these nodes open, at the node that was clicked. */
function useOpenLink(): (open: OpenNodes, at: number) => string {
	const { search } = useLocation();
	return (open, at) => {
		const query = new URLSearchParams(search);
		query.set("open", writeOpenNodes(open));
		// Commas and tildes need no escapes there, and the page is smaller without.
		return `?${query.toString().replaceAll("%2C", ",").replaceAll("%7E", "~")}#n${at}`;
	};
}

function idsIn(node: TreeNode): number[] {
	return [node.id, ...node.children.flatMap(idsIn)];
}
