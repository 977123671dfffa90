package main

import (
	"fmt"
	"os"
	"reflect"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
	grants "github.com/cdk-elasticache-grants/cdk-elasticache-grants-go/cdkelasticachegrants"
)

func TestMain(m *testing.M) {
	code := m.Run()
	jsii.Close()
	os.Exit(code)
}

func TestPermissionsSayWhatIsNeededAndWhy(t *testing.T) {
	stack := NewCacheAccessStack(awscdk.NewApp(nil), "CacheAccess", nil)

	var actions []string
	for _, permission := range *stack.RestoreAccess.Permissions() {
		actions = append(actions, *permission.Action)
	}
	expected := []string{
		"elasticache:CreateReplicationGroup", "s3:GetObject", "s3:GetObject", "elasticache:DescribeReplicationGroups",
	}
	if !reflect.DeepEqual(actions, expected) {
		t.Errorf("got %v, not %v", actions, expected)
	}
	if reason := *(*stack.RestoreAccess.Permissions())[1].Reason; reason != "reads this member of SnapshotArns" {
		t.Errorf("got %q", reason)
	}
}

func TestMistakesAreErrors(t *testing.T) {
	stack := awscdk.NewStack(awscdk.NewApp(nil), jsii.String("Stack"), nil)

	defer func() {
		expected := "Stack/Connect: CONNECT also needs a replicationGroup or a serverlessCache: " +
			"add ElastiCacheResource.replicationGroup('…') or ElastiCacheResource.serverlessCache('…')"
		if message := fmt.Sprint(recover()); message != expected {
			t.Errorf("got %q", message)
		}
	}()
	grants.NewElastiCacheAccessGrant(stack, jsii.String("Connect"), &grants.ElastiCacheAccessGrantProps{
		Operations: &[]grants.ElastiCacheOperation{grants.ElastiCacheOperation_CONNECT()},
		Resources:  &[]grants.ElastiCacheResource{grants.ElastiCacheResource_User(jsii.String("application"), nil)},
	})
}
