/**
 * How the servers' Node is started, besides with their script. Most of what a request makes is garbage by its end: with
 * room for some hundred requests of it, in megabytes, little is copied before it is.
 */
export const NODE_ARGUMENTS: readonly string[] = ['--max-semi-space-size=64'];
