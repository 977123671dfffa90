import { IConstruct } from 'constructs';

/**
 * What an `ElastiCacheDeploymentGrant` allows.
 */
export interface ElastiCacheDeploymentGrantProps {
  /**
   * The constructs that are deployed: at least one, such as a stack, a nested stack, or a construct with some of
   * a stack's caches.
   *
   * The grant finds all ElastiCache resources within them. This includes nested stacks, but not stages: to cover the
   * stacks of a stage, pass the stage itself. The resources must exist when the grant is created. It is an error at
   * synthesis if something is added or changed later and needs more permissions. All constructs must be in this app, in
   * one account and in one partition.
   */
  readonly deployed: IConstruct[];
}
