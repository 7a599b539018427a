// Names in the built page what its first script fetches and what its first words are drawn with, so that the browser reads
// these while the first script runs.
import type { HtmlTagDescriptor, Plugin, Rolldown } from "vite";

/** The letters of the text and of the window in the first script of most languages. */
const FONTS = /\/(literata-latin-opsz-normal|inter-latin-wght-normal)-[^/]+\.woff2$/;

export function preloadStart(): Plugin {
  return {
    name: "tickmark-preload-start",
    transformIndexHtml: {
      order: "post",
      handler: (_, { bundle, chunk }) => {
        if (!bundle || !chunk) return [];
        const later = chunk.dynamicImports.flatMap((name) => withImports(name, bundle));
        const tags = [...new Set(later)]
          .filter((name) => name !== chunk.fileName)
          .flatMap((name) => tagsOf(bundle[name]));
        const fonts = Object.keys(bundle).filter((name) => FONTS.test(name));
        return [...tags, ...fonts.map((name) => linked("preload", name, { as: "font" }))];
      },
    },
  };
}

/** The files that a chunk needs, itself first. */
function withImports(name: string, bundle: Rolldown.OutputBundle): string[] {
  const chunk = bundle[name];
  if (chunk?.type !== "chunk") return [];
  return [name, ...chunk.imports.flatMap((one) => withImports(one, bundle))];
}

/** A chunk and its styles. */
function tagsOf(chunk: Rolldown.OutputChunk | Rolldown.OutputAsset | undefined): HtmlTagDescriptor[] {
  if (chunk?.type !== "chunk") return [];
  const styles = [...(chunk.viteMetadata?.importedCss ?? [])];
  return [linked("modulepreload", chunk.fileName), ...styles.map((name) => linked("stylesheet", name))];
}

function linked(rel: string, name: string, more: Record<string, string> = {}): HtmlTagDescriptor {
  return { tag: "link", attrs: { rel, href: `/${name}`, crossorigin: true, ...more }, injectTo: "head" };
}
