import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import ts from '@typescript/typescript6';

/** A sentence in the service's source that can reach a person; `{}` where it names something. */
export type Sentence = { readonly where: string; readonly said: string };

const root = new URL('../../../', import.meta.url).pathname;

/** Every refusal and every reason of one in these folders and files. */
export function refusalsIn(paths: readonly string[]): Sentence[] {
  const listed = execFileSync('git', ['ls-files', ...paths], { cwd: root, encoding: 'utf8' });
  return listed
    .split('\n')
    .filter((file) => file.endsWith('.ts'))
    .flatMap(inFile);
}

function inFile(file: string): Sentence[] {
  const source = ts.createSourceFile(file, readFileSync(root + file, 'utf8'), ts.ScriptTarget.ESNext, true);
  const found: Sentence[] = [];
  const visit = (node: ts.Node): void => {
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    for (const said of saidBy(node).flatMap((expression) => textsOf(expression, source)))
      found.push({ where: `${file}:${line}`, said });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Where sentences stand: `new AppError(code, …)`, `{ path, reason: … }`, what a schema says, and `refused(acting, …)`. */
function saidBy(node: ts.Node): readonly ts.Expression[] {
  if (ts.isNewExpression(node) && node.expression.getText() === 'AppError') return node.arguments?.slice(1, 2) ?? [];
  if (ts.isObjectLiteralExpression(node)) return saidIn(node);
  if (!ts.isCallExpression(node)) return [];
  const called = ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : node.expression.getText();
  if (['regex', 'min', 'max', 'refine'].includes(called)) return node.arguments.slice(1, 2);
  return called === 'refused' && node.arguments[0]?.getText() === 'acting' ? node.arguments.slice(1, 2) : [];
}

function saidIn(node: ts.ObjectLiteralExpression): readonly ts.Expression[] {
  const partOf = (name: string) => node.properties.find((one) => one.name?.getText() === name);
  const isProblem = partOf('path') !== undefined || partOf('outcome') !== undefined;
  const said = partOf('message') ?? partOf('error') ?? (isProblem ? partOf('reason') : undefined);
  if (said === undefined) return [];
  if (ts.isPropertyAssignment(said)) return [said.initializer];
  return ts.isShorthandPropertyAssignment(said) ? [said.name] : [];
}

/** What an expression can say; of what comes from elsewhere nothing is known here. */
function textsOf(node: ts.Expression, source: ts.SourceFile): readonly string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node))
    return [node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join('')];
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue, source), ...textsOf(node.whenFalse, source)];
  return ts.isIdentifier(node) ? constantsOf(node.text, source) : [];
}

function constantsOf(name: string, source: ts.SourceFile): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isIt = ts.isVariableDeclaration(node) && node.name.getText() === name && node.initializer !== undefined;
    if (isIt && !ts.isIdentifier(node.initializer!)) found.push(...textsOf(node.initializer!, source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
