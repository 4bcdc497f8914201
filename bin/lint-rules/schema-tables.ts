import ts from "typescript";
import { type LintFile, walk } from "./rule.ts";

export interface SchemaTable {
	/** The name in SQL. */
	name: string;
	/** The constant that drizzle queries use. */
	constant: string;
	hasAccountColumn: boolean;
}

/** The tables that db/schema declares, read from its source. */
export function schemaTables(files: LintFile[]): SchemaTable[] {
	const tables: SchemaTable[] = [];
	for (const file of files) {
		if (!/^db\/schema\/[\w-]+\.ts$/.test(file.path)) continue;
		walk(file.ast(), (node) => {
			if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name) || !node.initializer) return;
			const call = node.initializer;
			if (!ts.isCallExpression(call) || call.expression.getText() !== "sqliteTable") return;
			const name = call.arguments[0];
			const columns = call.arguments[1];
			if (!name || !ts.isStringLiteral(name) || !columns) return;
			const hasAccountColumn = /["']account_id["']/.test(columns.getText());
			tables.push({ name: name.text, constant: node.name.text, hasAccountColumn });
		});
	}
	return tables;
}
