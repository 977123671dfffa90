import aws_cdk as cdk
import pytest
from cdk_elasticache_grants import ElastiCacheAccessGrant, ElastiCacheOperation, ElastiCacheResource

from cache_access_stack import CacheAccessStack


def test_permissions_say_what_is_needed_and_why():
    permissions = CacheAccessStack(cdk.App(), "CacheAccess").restore_access.permissions

    assert [permission.action for permission in permissions] == [
        "elasticache:CreateReplicationGroup",
        "s3:GetObject",
        "s3:GetObject",
        "elasticache:DescribeReplicationGroups",
    ]
    assert permissions[1].reason == "reads this member of SnapshotArns"


def test_mistakes_are_errors():
    stack = cdk.Stack(cdk.App(), "Stack")

    with pytest.raises(RuntimeError) as error:
        ElastiCacheAccessGrant(
            stack,
            "Connect",
            operations=[ElastiCacheOperation.CONNECT],
            resources=[ElastiCacheResource.user("application")],
        )
    assert str(error.value).splitlines()[0] == (
        "Stack/Connect: CONNECT also needs a replicationGroup or a serverlessCache: "
        "add ElastiCacheResource.replicationGroup('…') or ElastiCacheResource.serverlessCache('…')"
    )
