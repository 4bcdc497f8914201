import { BaseSequencer, type TestSpecification } from "vitest/node";

/** A sequencer that begins with these files, in this order: a file that takes minutes, begun last, would go on alone. */
export function longestFirst(...names: string[]): typeof BaseSequencer {
	const rank = ({ moduleId }: TestSpecification) => {
		const at = names.findIndex((name) => moduleId.endsWith(`/${name}`));
		return at < 0 ? names.length : at;
	};
	return class extends BaseSequencer {
		override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
			return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
		}
	};
}
