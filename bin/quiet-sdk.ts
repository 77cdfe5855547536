// The SDK reads this while it loads, so this file is imported first. The SDK is bundled at a fixed version: its notice about coming
// Node.js versions is for those who build this program, not for those who run it.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
