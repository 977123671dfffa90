using Amazon.CDK;
using CdkElastiCacheGrants;
using Xunit;

namespace CacheAccess.Tests;

public class CacheAccessStackTests
{
    [Fact]
    public void PermissionsSayWhatIsNeededAndWhy()
    {
        var permissions = new CacheAccessStack(new App(), "CacheAccess").RestoreAccess.Permissions;

        Assert.Equal(
            new[]
            {
                "elasticache:CreateReplicationGroup", "s3:GetObject", "s3:GetObject", "elasticache:DescribeReplicationGroups",
            },
            permissions.Select(permission => permission.Action));
        Assert.Equal("reads this member of SnapshotArns", permissions[1].Reason);
    }

    [Fact]
    public void MistakesAreErrors()
    {
        var stack = new Stack(new App(), "Stack");

        var error = Assert.ThrowsAny<Exception>(() => new ElastiCacheAccessGrant(stack, "Connect", new ElastiCacheAccessGrantProps
        {
            Operations = [ElastiCacheOperation.CONNECT],
            Resources = [ElastiCacheResource.User("application")],
        }));
        Assert.StartsWith(
            "Stack/Connect: CONNECT also needs a replicationGroup or a serverlessCache: "
            + "add ElastiCacheResource.replicationGroup('…') or ElastiCacheResource.serverlessCache('…')",
            error.Message);
    }
}
