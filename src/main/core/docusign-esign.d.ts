/** docusign-esign ships no types; `jwt-grant.ts` names the part it uses. */
declare module 'docusign-esign/src/ApiClient.js' {
  const ApiClient: unknown
  export default ApiClient
}
