import { Aws } from 'aws-cdk-lib';
import { checkCondition } from '../../../src/private/resolve/conditions';
import { areNeverMet, mayBeMetBy } from '../../../src/private/resolve/contradictions';
import { Diagnostics } from '../../../src/private/util/diagnostics';

type Given = [operator: string, values: string[]];
const checked = (key: string, conditions: Given[]) => conditions.map(([operator, values]) => (
  checkCondition(operator, key, values, (text) => text, new Diagnostics())!));
const TAG = 'aws:RequestTag/team';
const ARN = 'arn:aws:iam::111122223333:role/';

// Red if the exclusion is no longer proved.
test.each<[string, Given[]]>([
  [TAG, [['StringEquals', ['a']], ['StringNotEquals', ['a', 'b']]]],
  [TAG, [['StringEquals', ['a', 'b']], ['StringNotEquals', ['a', 'b']]]],
  [TAG, [['StringEquals', ['a', 'b']], ['StringLike', ['c*', 'd']]]],
  [TAG, [['StringEquals', ['${aws:username}']], ['StringNotEquals', ['${aws:username}']]]],
  [TAG, [['StringEquals', ['a']], ['StringNotLike', ['*']]]],
  [TAG, [['StringLike', ['a*']], ['StringNotLike', ['a*']]]],
  [TAG, [['StringLike', ['ab*']], ['StringNotLike', ['a*']]]],
  [TAG, [['StringLike', ['a*']], ['StringLikeIfExists', ['b*']]]],
  [TAG, [['StringEquals', ['A']], ['StringNotEqualsIgnoreCase', ['a']]]],
  [TAG, [['StringEqualsIgnoreCase', ['a']], ['StringEquals', ['b']]]],
  [TAG, [['Null', ['true']], ['StringEquals', ['a']]]],
  [TAG, [['Null', ['false']], ['StringNotLike', ['*']]]],
  ['aws:PrincipalArn', [['Null', ['true']]]],
  ['aws:PrincipalArn', [['StringNotLike', ['*']]]],
  ['aws:PrincipalArn', [['ArnLike', [`${ARN}a*`]], ['StringLike', [`${ARN}b*`]]]],
  ['aws:PrincipalArn', [['ArnEquals', [`${ARN}a`]], ['ArnNotEquals', [`${ARN}a`]]]],
  ['aws:PrincipalIsAWSService', [['Bool', ['true']]]],
  ['aws:SecureTransport', [['Bool', ['true']], ['BoolIfExists', ['false']]]],
  ['aws:SecureTransport', [['Bool', ['true']], ['StringNotEquals', ['true']]]],
  ['elasticache:NumNodeGroups', [['NumericLessThan', ['3']], ['NumericGreaterThanEquals', ['3']]]],
  ['elasticache:NumNodeGroups', [['NumericEquals', ['3']], ['NumericNotEquals', ['3']]]],
  ['elasticache:NumNodeGroups', [['NumericLessThanEquals', ['3', '5']], ['NumericGreaterThan', ['5']]]],
  ['aws:CurrentTime', [['DateLessThan', ['2026-01-31T00:00:00Z']], ['DateGreaterThan', ['2026-02-01']]]],
  ['aws:EpochTime', [['NumericLessThan', ['100000']], ['DateGreaterThan', ['100000']]]],
  ['aws:SourceIp', [['IpAddress', ['203.0.113.0/24']], ['NotIpAddress', ['203.0.0.0/16']]]],
  ['aws:SourceIp', [['IpAddress', ['203.0.113.0/24']], ['IpAddressIfExists', ['198.51.100.1', '2001:db8::/32']]]],
  ['aws:TagKeys', [['ForAllValues:StringEquals', ['a']], ['ForAnyValue:StringEquals', ['b']]]],
  [TAG, [['StringLike', ['a*', 'b*']], ['StringLikeIfExists', ['b*', 'c*']], ['StringNotLike', ['*b*']]]],
  [TAG, [['StringEquals', [Aws.REGION]], ['StringNotEquals', [Aws.REGION]]]],
  ['aws:TagKeys', [
    ['ForAnyValue:StringEquals', ['a']], ['ForAnyValue:StringLike', ['b*']], ['ForAllValues:StringEquals', ['a']],
  ]],
  ['elasticache:NumNodeGroups', [['NumericEquals', ['3']], ['NumericNotEquals', ['3', '4']]]],
  ['aws:CurrentTime', [['DateLessThan', ['2030-01-01']], ['DateGreaterThan', ['1893456001']]]],
  [TAG, [['StringEquals', ['a', 'b']], ['StringLike', ['b*', 'c*']], ['StringNotEquals', ['b']]]],
  ['aws:SourceIp', [['IpAddress', ['203.0.113.0/24']], ['NotIpAddress', ['203.0.113.0/24']]]],
  ['aws:SourceIp', [['IpAddress', ['203.0.113.7']], ['NotIpAddress', ['203.0.113.7/32']]]],
  ['aws:SourceIp', [['IpAddress', ['203.0.113.7/32']], ['NotIpAddress', ['203.0.113.7']]]],
  ['aws:SourceIp', [['IpAddress', ['2001:db8::1']], ['NotIpAddress', ['2001:db8::1/128']]]],
  ['aws:SourceIp', [['IpAddress', ['2001:db8::1/128']], ['NotIpAddress', ['2001:db8::1']]]],
  ['aws:SourceIp', [['IpAddress', ['2001:db8:1::/48']], ['NotIpAddress', ['2001:db8::/32']]]],
  ['elasticache:NumNodeGroups', [['NumericGreaterThan', ['3']], ['NumericLessThan', ['3']]]],
  ['elasticache:NumNodeGroups', [['NumericGreaterThan', ['3']], ['NumericEquals', ['3']]]],
  ['elasticache:NumNodeGroups', [['NumericGreaterThanEquals', ['4']], ['NumericEquals', ['3', '2']]]],
  ['elasticache:NumNodeGroups', [['NumericLessThanEquals', ['2']], ['NumericEquals', ['3', '4']]]],
  ['elasticache:NumNodeGroups', [['NumericEquals', ['3']], ['NumericEqualsIfExists', ['4']]]],
  ['elasticache:NumNodeGroups', [['NumericEquals', ['10.5']], ['NumericLessThan', ['10.25']]]],
  ['elasticache:NumNodeGroups', [['NumericEquals', ['-1']], ['NumericGreaterThan', ['0']]]],
  ['aws:EpochTime', [['NumericLessThan', ['2026']], ['NumericGreaterThan', ['2026']]]],
  ['aws:CurrentTime', [['DateLessThan', ['1893456000']], ['DateGreaterThan', ['2030-01-02']]]],
])('no request meets, on %s, condition set %#', (key, conditions) => {
  expect(areNeverMet(checked(key, conditions))).toBe(true);
});

// Red if conditions that a request can meet are taken to exclude each other.
test.each<[string, Given[]]>([
  [TAG, [['StringEquals', ['a']]]],
  [TAG, [['StringEquals', ['a', 'b']], ['StringNotEquals', ['a']]]],
  [TAG, [['StringEquals', ['a']], ['StringLike', ['a*']]]],
  [TAG, [['StringEquals', ['${aws:username}']], ['StringNotEquals', ['a']]]],
  [TAG, [['StringEquals', ['${aws:username}']], ['StringEqualsIfExists', ['b']]]],
  [TAG, [['StringEquals', [Aws.REGION]], ['StringLike', ['eu-*']]]],
  [TAG, [['StringEqualsIgnoreCase', ['a']], ['StringNotEquals', ['a']]]],
  [TAG, [['StringLike', ['a*']], ['StringNotLike', ['ab*']]]],
  [TAG, [['StringLike', ['a*']], ['StringLikeIfExists', ['*b']]]],
  [TAG, [['StringNotLike', ['*']]]],
  [TAG, [['StringNotLike', ['*']], ['StringNotEquals', ['a']]]],
  [TAG, [['Null', ['true']], ['StringNotEquals', ['a']]]],
  [TAG, [['Null', ['true']], ['StringEqualsIfExists', ['a']]]],
  [TAG, [['Null', [Aws.REGION]], ['StringEquals', ['a']]]],
  ['aws:PrincipalArn', [['Null', ['false']], ['ArnLike', [`${ARN}a*`]]]],
  ['aws:PrincipalArn', [['ArnLike', [`${ARN}a*`]], ['ArnNotLike', [`${ARN}ab*`]]]],
  ['aws:PrincipalIsAWSService', [['Bool', ['false']]]],
  ['aws:SecureTransport', [['Bool', ['true']], ['StringEquals', ['true']]]],
  ['elasticache:NumNodeGroups', [['NumericLessThan', ['4']], ['NumericGreaterThan', ['3']]]],
  ['elasticache:NumNodeGroups', [['NumericLessThanEquals', ['3']], ['NumericGreaterThanEquals', ['3']]]],
  ['elasticache:NumNodeGroups', [['NumericNotEquals', ['3']], ['NumericLessThanEquals', ['3']]]],
  ['elasticache:NumNodeGroups', [['NumericEquals', [Aws.ACCOUNT_ID]], ['NumericGreaterThan', ['3']]]],
  ['aws:CurrentTime', [['DateLessThan', ['2026']], ['DateGreaterThan', ['2026-02-01']]]],
  ['aws:SourceIp', [['IpAddress', ['203.0.0.0/16']], ['NotIpAddress', ['203.0.113.0/24']]]],
  ['aws:SourceIp', [['IpAddress', ['203.0.113.0/24']], ['IpAddressIfExists', ['203.0.113.7']]]],
  ['aws:SourceIp', [['IpAddress', [Aws.REGION]], ['NotIpAddress', ['203.0.113.0/24']]]],
  ['aws:TagKeys', [['ForAnyValue:StringEquals', ['a']], ['ForAnyValue:StringLike', ['b*']]]],
  ['aws:TagKeys', [['ForAllValues:StringEquals', ['a']], ['ForAllValues:StringLike', ['b*']]]],
  ['aws:TagKeys', [['ForAnyValue:StringEquals', ['a']], ['ForAllValues:StringNotEquals', ['b']]]],
  [TAG, [['StringEquals', ['a']], ['StringNotEquals', [Aws.REGION]]]],
  [TAG, [['StringEquals', [Aws.REGION]], ['StringNotEquals', ['eu-west-1']]]],
  [TAG, [['StringLike', [Aws.REGION]], ['StringNotEquals', [Aws.REGION]]]],
  [TAG, [['StringEquals', ['a']], ['StringLike', ['?']]]],
  ['aws:PrincipalArn', [['ArnLike', [`${ARN}a`]], ['ArnNotLike', ['arn:*']]]],
  ['aws:SourceIp', [['IpAddress', ['203.0.0.0/16']], ['NotIpAddress', ['203.0.0.0/24']]]],
  ['aws:SourceIp', [['IpAddress', ['203.0.113.0/24']], ['NotIpAddress', ['203.0.113.0']]]],
  ['aws:SourceIp', [['IpAddress', ['2001:db8::/32']], ['NotIpAddress', ['2001:db8::1']]]],
  ['aws:SourceIp', [['IpAddress', ['203.0.113.7']], ['IpAddressIfExists', ['203.0.113.0/24']]]],
  ['aws:SourceIp', [['IpAddress', ['2001:db8::/32']], ['IpAddressIfExists', ['2001:db8::1']]]],
  ['aws:SourceIp', [['IpAddress', ['203.0.113.7']], ['NotIpAddress', ['::/0']]]],
  ['aws:SourceIp', [['NotIpAddress', ['0.0.0.0/0']]]],
  ['aws:SourceIp', [['IpAddress', [Aws.REGION]], ['IpAddressIfExists', ['203.0.113.0/24']]]],
  ['aws:SourceIp', [['IpAddress', ['203.0.113.0/24']], ['IpAddressIfExists', [Aws.REGION]]]],
  ['aws:SourceIp', [['IpAddress', [Aws.REGION]], ['NotIpAddress', [Aws.ACCOUNT_ID]]]],
  ['aws:SourceIp', [['Null', ['false']]]],
  ['aws:CurrentTime', [['DateLessThan', ['2030-01-01']], ['DateGreaterThan', ['1893455999']]]],
  ['aws:CurrentTime', [['DateGreaterThan', ['2030-01-01']], ['DateLessThan', ['1893456001']]]],
  ['elasticache:NumNodeGroups', [['NumericEquals', ['3']]]],
  ['elasticache:NumNodeGroups', [['NumericNotEquals', ['3']]]],
  ['elasticache:NumNodeGroups', [['NumericLessThan', ['3']]]],
  ['elasticache:NumNodeGroups', [['NumericLessThanEquals', ['3']]]],
  ['elasticache:NumNodeGroups', [['NumericGreaterThan', ['3']]]],
  ['elasticache:NumNodeGroups', [['NumericGreaterThanEquals', ['3']]]],
  ['elasticache:NumNodeGroups', [['NumericGreaterThan', ['5']], ['NumericNotEquals', ['3']]]],
  ['elasticache:NumNodeGroups', [['NumericLessThan', ['3']], ['NumericNotEquals', ['5']]]],
  ['elasticache:NumNodeGroups', [['NumericEquals', ['3', '5']], ['NumericGreaterThan', ['4']]]],
  ['elasticache:NumNodeGroups', [['NumericEquals', [Aws.ACCOUNT_ID]], ['NumericLessThan', ['3']]]],
  ['elasticache:NumNodeGroups', [['NumericEquals', [Aws.ACCOUNT_ID]], ['NumericNotEquals', [Aws.ACCOUNT_ID]]]],
  // Four digits may be a year or seconds.
  ['aws:CurrentTime', [['DateEquals', ['2026']], ['DateEqualsIfExists', ['2027']]]],
])('a request may meet, on %s, condition set %#', (key, conditions) => {
  expect(areNeverMet(checked(key, conditions))).toBe(false);
});

// Red if a Region that a condition allows is taken for one that it excludes, or the other way round.
test.each<[Given, boolean]>([
  [['StringEquals', ['us-east-1', 'eu-west-1']], true],
  [['StringEquals', ['eu-west-1']], false],
  [['StringLike', ['us-*']], true],
  [['StringNotEquals', ['us-east-1']], false],
  [['StringNotLike', ['eu-*']], true],
])('us-east-1 meets %j: %s', (condition, met) => {
  expect(mayBeMetBy('us-east-1', checked('aws:RequestedRegion', [condition]))).toBe(met);
});
