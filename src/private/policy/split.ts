/**
 * Statements in, documents out: each document fits one limit of IAM.
 *
 * Documents are filled in the order of the statements, so that a snapshot added at the end changes the last document
 * alone. Statements and resources are divided; the actions on one resource never are.
 */
import { Document, Statement } from '../model';
import { DOCUMENT_SIZE, documentSize, SizeEstimator, statementSize } from './size';
import { mergeResources } from './statements';

/**
 * Divides statements among as few documents as fit a limit, white space not counted.
 *
 * If all statements fit one document, they are left as they are. Otherwise those that differ in their resources alone
 * are merged first. A document that is over the limit all the same holds the actions on one resource.
 *
 * @param firstLimit the limit of the first document, where it goes to a policy that has statements already. The first
 * document is empty where nothing fits there.
 */
export function splitIntoDocuments(
  statements: Statement[], limit: number, sizeOf: SizeEstimator, firstLimit?: number,
): Document[] {
  if (documentSize(statements, sizeOf) <= (firstLimit ?? limit)) {
    return [statements];
  }
  const documents: Document[] = firstLimit === undefined ? [] : [[]];
  let remaining = (firstLimit ?? 0) - DOCUMENT_SIZE + ','.length;
  for (const { actions, resources, conditions } of mergeResources(statements)) {
    let open: Statement | undefined;
    for (const resource of resources) {
      if (open) {
        // The second resource of a statement also brings the brackets of a list.
        const added = sizeOf(resource) + ','.length + (open.resources.length === 1 ? '[]'.length : 0);
        if (added <= remaining) {
          remaining -= added;
          open.resources.push(resource);
          continue;
        }
      }
      open = { actions, resources: [resource], conditions };
      const size = statementSize(open, sizeOf);
      if (documents.length === 0 || size > remaining) {
        documents.push([]);
        // The last statement of a document has no comma after it.
        remaining = limit - DOCUMENT_SIZE + ','.length;
      }
      documents[documents.length - 1].push(open);
      remaining -= size;
    }
  }
  return documents;
}

/** The statements as they fit one document; undefined where they don't. */
export function fitInOneDocument(
  statements: Statement[], limit: number, sizeOf: SizeEstimator,
): Document | undefined {
  const [document, ...rest] = splitIntoDocuments(statements, limit, sizeOf);
  const fits = document === statements || (rest.length === 0 && documentSize(document, sizeOf) <= limit);
  return fits ? document : undefined;
}
