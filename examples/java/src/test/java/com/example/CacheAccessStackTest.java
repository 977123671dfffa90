package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cdkelasticachegrants.ElastiCacheAccessGrant;
import io.github.cdkelasticachegrants.ElastiCacheOperation;
import io.github.cdkelasticachegrants.ElastiCachePermission;
import io.github.cdkelasticachegrants.ElastiCacheResource;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;

class CacheAccessStackTest {
    @Test
    void permissionsSayWhatIsNeededAndWhy() {
        List<ElastiCachePermission> permissions =
                new CacheAccessStack(new App(), "CacheAccess", null).getRestoreAccess().getPermissions();

        assertEquals(
                List.of(
                        "elasticache:CreateReplicationGroup",
                        "s3:GetObject",
                        "s3:GetObject",
                        "elasticache:DescribeReplicationGroups"),
                permissions.stream().map(ElastiCachePermission::getAction).toList());
        assertEquals("reads this member of SnapshotArns", permissions.get(1).getReason());
    }

    @Test
    void mistakesAreErrors() {
        Stack stack = new Stack(new App(), "Stack");

        RuntimeException error = assertThrows(
                RuntimeException.class,
                () -> ElastiCacheAccessGrant.Builder.create(stack, "Connect")
                        .operations(List.of(ElastiCacheOperation.CONNECT))
                        .resources(List.of(ElastiCacheResource.user("application")))
                        .build());
        assertEquals(
                "Stack/Connect: CONNECT also needs a replicationGroup or a serverlessCache: "
                        + "add ElastiCacheResource.replicationGroup('…') or ElastiCacheResource.serverlessCache('…')",
                error.getMessage().lines().findFirst().orElseThrow());
    }
}
