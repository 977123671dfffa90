import { renderCatalog, renderMembers, renderOperations } from './render';
import { CatalogModel } from './sources';

export interface Output {
  readonly path: string;
  /** Whether the file is generated from its first line to its last. */
  readonly wholly: boolean;
  /** The file's new text, made from the model and, where only a part of it is generated, its present text. */
  readonly render: (model: CatalogModel, present: string) => string;
}

/** Every file that the catalog task writes. */
export const OUTPUTS: Output[] = [
  { path: 'src/private/catalog/catalog.generated.ts', wholly: true, render: renderCatalog },
  { path: 'src/elasticache-operation.ts', wholly: false, render: renderMembers },
  { path: 'OPERATIONS.md', wholly: true, render: renderOperations },
];
