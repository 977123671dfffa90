import type { Statement } from './statements';
import { DOCUMENT_SIZE, SizeEstimator, statementSize } from './size';

/**
 * Divides statements among as few documents as fit a limit, white space not counted.
 *
 * Where they fit one document as they are, they stay so. Else the statements that differ in nothing but their resources are said together,
 * and the documents are filled one after the other: whatever is added at the end changes the last document alone.
 * A document that is over the limit all the same holds the actions on one resource, which nothing can divide.
 */
export function splitIntoDocuments(statements: Statement[], limit: number, measure: SizeEstimator): Statement[][] {
  if (documentSize(statements, measure) <= limit) {
    return [statements];
  }
  const documents: Statement[][] = [];
  let room = 0;
  for (const { actions, resources, conditions } of mergeResources(statements)) {
    let open: Statement | undefined;
    for (const resource of resources) {
      const alone: Statement = { actions, resources: [resource], conditions };
      // In a list, the resource has a comma; the list's brackets come with its second resource.
      const inList = measure(resource) + 1;
      if (open && inList + (open.resources.length === 1 ? 2 : 0) <= room) {
        room -= inList + (open.resources.length === 1 ? 2 : 0);
        open.resources.push(resource);
        continue;
      }
      const size = statementSize(alone, measure);
      if (documents.length === 0 || size > room) {
        documents.push([]);
        room = limit - DOCUMENT_SIZE + 1;
      }
      documents[documents.length - 1].push(alone);
      open = alone;
      room -= size;
    }
  }
  return documents;
}

/** The statements as they fit one document; undefined where they don't. */
export function fitInOneDocument(statements: Statement[], limit: number, measure: SizeEstimator): Statement[] | undefined {
  const [document, ...rest] = splitIntoDocuments(statements, limit, measure);
  return rest.length === 0 && documentSize(document, measure) <= limit ? document : undefined;
}

/** The characters of a document, white space not counted. */
export function documentSize(statements: Statement[], measure: SizeEstimator): number {
  return DOCUMENT_SIZE + statements.reduce((size, statement) => size + statementSize(statement, measure), 0) - Math.min(1, statements.length);
}

function mergeResources(statements: Statement[]): Statement[] {
  const merged = new Map<string, Statement>();
  for (const { actions, resources, conditions } of statements) {
    const key = JSON.stringify([actions, conditions]);
    const statement = merged.get(key) ?? { actions, resources: [], conditions };
    statement.resources.push(...resources);
    merged.set(key, statement);
  }
  return [...merged.values()];
}
