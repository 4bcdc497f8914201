/** A person's picture; nothing for whoever has none. Beside the name, so that it needs no words of its own. */
export function Avatar({ of, size }: { of: { userId: number; avatarKey: string | null }; size: number }) {
	if (!of.avatarKey) return null;
	const src = `/avatars/${of.userId}/${of.avatarKey}`;
	return <img className="avatar" src={src} width={size} height={size} alt="" />;
}
