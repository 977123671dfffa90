import { readFileSync } from 'fs';
import { createRequire } from 'module';
import { Stack } from 'aws-cdk-lib';
import * as ts from 'typescript';

/** An example of a document, with the policies that the document shows beside it. */
export interface DocumentedExample {
  readonly title: string;
  readonly policies: unknown[];
  readonly stack: typeof Stack;
}

/** The policy of a resource in a template; undefined where it has none. */
export function policyOf({ Type, Properties }: any): unknown {
  return Type === 'AWS::Organizations::Policy'
    ? Properties.Content
    : Properties?.InlinePolicy ?? Properties?.PolicyDocument;
}

/** The examples of a document that show their policies. */
export function documentedExamples(path: string): DocumentedExample[] {
  const text = readFileSync(path, 'utf8');
  const fixture = readFileSync('rosetta/default.ts-fixture', 'utf8');
  const sections = text.split(/^## /m).slice(1)
    .map((section) => ({ title: section.slice(0, section.indexOf('\n')), section }));

  return sections.flatMap(({ title, section }) => (
    [...section.matchAll(/```ts( nofixture)?\n((?:(?!```).)*)```\n((?:(?:(?!```).)*```json\n(?:(?!```).)*```)+)/gs)]
      .map(([, nofixture, code, shown], index) => ({
        title: `${title} (${index + 1})`,
        policies: [...shown.matchAll(/```json\n((?:(?!```).)*)```/gs)].map(([, json]) => JSON.parse(json)),
        stack: exportedBy(nofixture ? code : `${fixture.replace('/// here', code)}\nexport { Fixture };`),
      }))));
}

function exportedBy(source: string): typeof Stack {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const exported: Record<string, typeof Stack> = {};
  new Function('require', 'exports', outputText)(createRequire(__filename), exported);
  return Object.values(exported)[0];
}
