import { Component, cdk } from 'projen';

/** Tries out the whole release, but for what needs credentials. */
export class Release extends Component {
  constructor(project: cdk.JsiiProject) {
    super(project);
    project.addTask('release:dry-run', {
      description: 'Make all that a release publishes, in a clone: version, changelog, tag, and a package per language',
      exec: 'tsx projenrc/release-dry-run.ts',
      env: { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' },
    });
  }
}
