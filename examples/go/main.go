// A replication group that is restored from two snapshots in S3, and seven roles, each with the permissions of one task.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	NewCacheAccessStack(app, "CacheAccess", nil)
	app.Synth(nil)
}
