using Amazon.CDK;
using CacheAccess;

var app = new App();
new CacheAccessStack(app, "CacheAccess");
app.Synth();
