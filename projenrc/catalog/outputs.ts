import { renderMembers } from './members';
import { renderCatalog, renderOperations } from './render';
import { CatalogModel } from './types';

export interface Output {
  readonly path: string;
  /** Whether the file is generated as a whole. */
  readonly wholly: boolean;
  /** The file's new text, from the model and, where only a region of it is generated, from its present text. */
  readonly render: (model: CatalogModel, present: string) => string;
}

/** Every file that the catalog task writes. */
export const OUTPUTS: Output[] = [
  { path: 'src/private/catalog/catalog.generated.ts', wholly: true, render: renderCatalog },
  { path: 'src/elasticache-operation.ts', wholly: false, render: renderMembers },
  { path: 'OPERATIONS.md', wholly: true, render: renderOperations },
];
