import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { documentedExamples } from './documented-examples';
import { MINIMIZE, newApp, warningsOf } from './harness';
import { RestoreStack } from '../examples/typescript/restore-stack';

describe.each([[false], [true]])('examples/typescript, with minimizePolicies %s', (minimize) => {
  test('synthesizes the template that it always has', () => {
    const stack = new RestoreStack(newApp({ [MINIMIZE]: minimize }), 'Restore');
    expect(Template.fromStack(stack).toJSON()).toMatchSnapshot();
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe.each([['README.md', 9], ['docs/narrowing.md', 2]])('%s', (path, count) => {
  const examples = documentedExamples(path);

  test(`shows the policies of ${count} examples`, () => {
    expect(examples).toHaveLength(count);
  });

  test.each(examples)('$title emits the policy beside it', ({ stack: Example, policy }) => {
    expect(documents(new Example(newApp(), 'Example'))).toEqual([JSON.parse(policy)]);
    for (const minimize of [false, true]) {
      expect(Template.fromStack(new Example(newApp({ [MINIMIZE]: minimize }), 'Example')).toJSON()).toMatchSnapshot();
    }
  });

  /** The policy documents of a stack, as deployed to the partition aws. */
  function documents(stack: Stack): unknown[] {
    const resources: any[] = Object.values(Template.fromStack(stack).toJSON().Resources);
    const found = resources.map(({ Properties }) => Properties?.InlinePolicy ?? Properties?.PolicyDocument).filter((document) => document);
    return JSON.parse(JSON.stringify(found), (_, value) => {
      if (value?.Ref === 'AWS::Partition') { return 'aws'; }
      return value?.['Fn::Join'] ? value['Fn::Join'][1].join('') : value;
    });
  }
});
