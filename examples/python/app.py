import aws_cdk as cdk

from cache_access_stack import CacheAccessStack

app = cdk.App()
CacheAccessStack(app, "CacheAccess")
app.synth()
