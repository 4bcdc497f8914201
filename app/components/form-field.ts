/** What the field wrappers need of conform's metadata: `fields.login` of `const [form, fields] = useForm(…)`. */
export interface FormField {
	id: string;
	name: string;
	/** conform gives text, a list or an object; the wrappers here show text. */
	initialValue?: unknown;
	errors?: string[];
	descriptionId: string;
	errorId: string;
}
