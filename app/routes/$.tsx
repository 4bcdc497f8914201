/** Every address that nothing else answers. */
export function loader() {
	throw new Response(null, { status: 404 });
}

export function action() {
	throw new Response(null, { status: 404 });
}

export default function Nothing() {
	return null;
}
