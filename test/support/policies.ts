import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AT_LONGEST, deployed } from '../harness';

/** A value of a template as it is deployed where names are as long as AWS has them. */
export const withLongestNames = (value: unknown, bucketName: string) => deployed(value, AT_LONGEST, () => bucketName);

/** The characters that IAM counts. */
export const sizeOf = (document: unknown) => JSON.stringify(document).length;

/** The policies of the only principal in a stack, by logical ID: those that name it, and those that it names. */
export function policiesIn(stack: Stack): Map<string, { type: string; document: any; to: unknown }> {
  const resources = Object.entries<any>(Template.fromStack(stack).toJSON().Resources);
  return new Map(resources.filter(([, { Type }]) => /^AWS::IAM::(Managed)?Policy$/.test(Type))
    .map(([id, { Type, Properties }]) => (
      [id, {
        type: Type, document: Properties.PolicyDocument, to: Properties.Roles ?? Properties.Users ?? Properties.Groups,
      }])));
}

/** The documents of all managed policies of a stack. */
export function managedDocuments(stack: Stack, bucketName = 'my-snapshots'): any[] {
  const policies: any[] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
  return policies.map(({ Properties }) => withLongestNames(Properties.PolicyDocument, bucketName));
}

/** The objects that the documents allow to read. */
export const objectsIn = (documents: any[]) => documents.flatMap(({ Statement }) => Statement)
  .filter(({ Action }: any) => Action === 's3:GetObject').flatMap(({ Resource }: any) => [Resource].flat());
