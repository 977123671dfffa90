import { key, literal, quote } from './literals';

/** `spec/cloudformation-types.json`: what types of templates name and call, and what who runs a cache calls. */
export interface TemplateTypesSpec {
  readonly source: string;
  /** Where the lists of the handlers come from. */
  readonly handlers: Fact;
  readonly types: Record<string, TemplateTypeSpec>;
  readonly caches: Record<string, CacheSpec>;
  /** Why a parameter group that is omitted has a name of its own. */
  readonly omitted: Fact;
  /** How the nodes of a replication group are named. */
  readonly nodes: Fact;
  /** What is known of a name that a template doesn't give. */
  readonly generatedNames: Fact;
  /** What ElastiCache puts before a name that a template gives. */
  readonly namePrefix: Fact;
  /** The operations that each handler may call on the resource itself. */
  readonly tagging: Fact & { readonly operations: string[] };
  /** What handlers list, and no grant has. */
  readonly leftOut: (Fact & { readonly actions: string[] })[];
  /** What a cache needs for IAM authentication, and the first version of each engine that has it. */
  readonly iamAuthentication: Fact & { readonly since: Record<string, number[]> };
}

interface TemplateTypeSpec {
  /** Its resource type in ARNs. */
  readonly type: string;
  /** The property that has the name; a type without one is always named by CloudFormation. */
  readonly name?: string;
  readonly namePrefix?: string;
  /** The properties that name other resources: a type, or ARNs of some types. */
  readonly companions?: Record<string, {
    readonly type?: string;
    readonly arnsOf?: string[];
    readonly omitted?: string;
    /** The property with the Region of the other resource. */
    readonly region?: string;
    /** Whether only the request that creates the resource names the other one. */
    readonly atCreation?: boolean;
    /** Whether an update may name another one. */
    readonly updatable?: boolean;
  }>;
  /** The types that name it, each with the property that does. */
  readonly usedBy?: Record<string, string>;
  /** What the names of its nodes add to its own. */
  readonly nodes?: string[];
  /** The properties that need permissions of other services, each with the option of a grant that has them. */
  readonly options?: Record<string, string>;
  /** The actions of each handler; a type of EC2-Classic has none. */
  readonly handlers?: Record<string, string[]>;
  /** The source of the handlers, where it isn't that of all types. */
  readonly source?: string;
}

interface CacheSpec {
  /** Its resource type in a template. */
  readonly resource: string;
  /** The operations that change it, without those that create or delete. */
  readonly operate: string[];
  /** The operations that take and describe its snapshots. */
  readonly takeSnapshots: string[];
}

interface Fact {
  readonly reason: string;
  readonly source: string;
}

/** What of a row of `spec/request-parameters.json` is read here. */
interface Parameter {
  readonly option: string;
  readonly permissions: { readonly action: string }[];
}

const PREFIX = 'elasticache:';

/** The options that aren't in `spec/request-parameters.json`, and those that stand for another one, too. */
const FURTHER_OPTIONS: Record<string, string[]> = {
  logDelivery: ['logDelivery', 'logDeliveryStreams'], snapshots: [],
};

/** What the spec names and the other sources don't have. */
export function templateTypeProblems(
  spec: TemplateTypesSpec, arnTypes: string[], actions: string[], parameters: Parameter[],
): string[] {
  const where = 'spec/cloudformation-types.json';
  const all = Object.values(spec.types);
  const namedTypes = all.flatMap(({ type, companions }) => [
    type, ...Object.values(companions ?? {}).flatMap((companion) => companion.type ?? companion.arnsOf ?? 'no type'),
  ]);
  const called = all.flatMap(({ handlers }) => Object.values(handlers ?? {}).flat())
    .filter((action) => action.startsWith(PREFIX)).map((action) => action.slice(PREFIX.length));
  const namedActions = Object.values(spec.caches)
    .flatMap(({ operate, takeSnapshots }) => [...operate, ...takeSnapshots]);
  const namedResources = [
    ...Object.values(spec.caches).map(({ resource }) => resource),
    ...all.flatMap(({ usedBy }) => Object.keys(usedBy ?? {})),
  ];
  return [
    ...[...Object.keys(spec.caches), ...namedTypes]
      .filter((name) => !arnTypes.includes(name))
      .map((name) => `${where} names ${name}, which is no resource type in iam-data`),
    ...namedResources
      .filter((name) => !Object.hasOwn(spec.types, name))
      .map((name) => `${where} names ${name}, which is not among its types`),
    ...[...new Set([...called, ...namedActions, ...spec.tagging.operations])]
      .filter((name) => !actions.includes(name))
      .map((name) => `${where} names ${name}, which is no action of elasticache in iam-data`),
    ...Object.entries(spec.types).flatMap(([name, type]) => (
      unexplained(type, spec, parameters).map((action) => (
        `${where}: a handler of ${name} calls ${action}, which no option has, and leftOut doesn't explain`)))),
    ...Object.entries(spec.iamAuthentication.since)
      .filter(([, version]) => version.length !== 2)
      .map(([engine]) => `${where} has a version of ${engine} that is not two numbers`),
  ];
}

/** The actions of other services that no option of the type brings. */
function unexplained(
  { handlers = {}, options = {} }: TemplateTypeSpec, { leftOut }: TemplateTypesSpec, parameters: Parameter[],
): string[] {
  const set = [...Object.values(options).flatMap((option) => FURTHER_OPTIONS[option] ?? option), 'serviceLinkedRole'];
  const explained = [
    ...parameters.filter(({ option }) => set.includes(option))
      .flatMap(({ permissions }) => permissions.map(({ action }) => action)),
    ...leftOut.flatMap((one) => one.actions),
    ...(Object.values(options).includes('snapshots') ? ['s3:GetObject'] : []),
  ];
  return [...new Set(Object.values(handlers).flat())]
    .filter((action) => !action.startsWith(PREFIX) && !explained.includes(action));
}

/** The spec as the library reads it. */
export function renderTemplateTypes(spec: TemplateTypesSpec): string[] {
  return [
    '/** The types of templates: what a resource names, and what its handlers call. */',
    'export const TEMPLATE_TYPES: Readonly<Record<string, TemplateTypeEntry>> = {',
    ...Object.entries(spec.types).map(([name, type]) => `  ${key(name)}: ${literal(entry(type, spec))},`),
    '};',
    '',
    '/** Why a resource whose name CloudFormation makes is allowed by its type alone. */',
    `export const GENERATED_NAME_REASON = ${quote(spec.generatedNames.reason)};`,
    '',
    '/** The operations that handlers call on the resource itself, and on nothing that it names. */',
    `export const TAGGING_OPERATIONS: readonly string[] = ${literal(spec.tagging.operations)};`,
    '',
    '/** What caches name, and what somebody who runs one calls. */',
    'export const CACHES: Readonly<Record<string, CacheEntry>> = {',
    ...Object.entries(spec.caches).map(([type, cache]) => {
      const fields = [
        ...Object.entries(cache).map(([name, value]) => `${name}: ${literal(value)}`),
        ...['companions', 'nodes']
          .filter((name) => Object.hasOwn(spec.types[cache.resource], name))
          .map((name) => `${name}: TEMPLATE_TYPES[${quote(cache.resource)}].${name}`),
      ];
      return `  ${key(type)}: { ${fields.join(', ')} },`;
    }),
    '};',
    '',
    '/** The first version of each engine that has IAM authentication. */',
    'export const IAM_AUTHENTICATION_SINCE: Readonly<Record<string, readonly number[]>> = '
      + `${literal(spec.iamAuthentication.since)};`,
    '',
  ];
}

/** Of other services' actions, a handler's list tells only whether it may create ElastiCache's service-linked role. */
function entry({ handlers, source, companions = {}, ...rest }: TemplateTypeSpec, spec: TemplateTypesSpec): object {
  const lists = Object.entries(handlers ?? {});
  const called = lists.map(([name, actions]) => [
    name, actions.filter((action) => action.startsWith(PREFIX)).map((action) => action.slice(PREFIX.length)),
  ]);
  const createsRole = lists.some(([, actions]) => actions.includes('iam:CreateServiceLinkedRole'));
  return {
    ...rest,
    companions,
    ...(handlers && { handlers: Object.fromEntries(called), source: source ?? spec.handlers.source }),
    ...(createsRole && { serviceLinkedRole: true }),
  };
}
