/** The version that the server tells its clients; a test holds it equal to the manifest's. */
export const VERSION = '0.1.0';
