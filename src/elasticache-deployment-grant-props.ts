import { IConstruct } from 'constructs';

/**
 * What an `ElastiCacheDeploymentGrant` allows.
 */
export interface ElastiCacheDeploymentGrantProps {
  /**
   * What is deployed: at least one construct, such as a stack, a nested stack, or what holds some caches of a stack.
   *
   * All resources of ElastiCache within it are found, with nested stacks, but without stages: pass a stage itself for
   * its stacks. They must be there when the grant is made: what is added or changed later, and needs more, is an error
   * at synthesis. All must be of this app, of one account and of one partition.
   */
  readonly deployed: IConstruct[];
}
