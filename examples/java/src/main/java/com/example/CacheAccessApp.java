package com.example;

import software.amazon.awscdk.App;

public class CacheAccessApp {
    public static void main(final String[] args) {
        App app = new App();
        new CacheAccessStack(app, "CacheAccess", null);
        app.synth();
    }
}
