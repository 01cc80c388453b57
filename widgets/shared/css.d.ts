/** Vite hands over a style sheet's minified text instead of adding it to the page. */
declare module '*.css?inline' {
  const text: string;
  export default text;
}
