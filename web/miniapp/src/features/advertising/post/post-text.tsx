/** The words of a post as Telegram draws them. */
import { type ReactNode, useState } from "react";
import { useWords } from "../../../../../kit/i18n.ts";
import { type Block, blocksOf, type Run } from "./blocks.ts";
import type { Content, EntityKind } from "./content.ts";

export function PostText({ content }: { content: Content }): ReactNode {
  return blocksOf(content).map((block) => <BlockView key={block.at} block={block} />);
}

function BlockView({ block }: { block: Block }): ReactNode {
  const runs = block.runs.map((run) => <RunView key={run.at} run={run} />);
  if (block.kind === "pre") return <pre className="post-pre">{runs}</pre>;
  if (block.kind === "quote") return <blockquote className="post-quote">{runs}</blockquote>;
  if (block.kind === "long_quote") return <LongQuote>{runs}</LongQuote>;
  return <p className="post-text">{runs}</p>;
}

/** Three lines until it is pressed, as in Telegram. */
function LongQuote({ children }: { children: ReactNode }): ReactNode {
  const t = useWords();
  const [isOpen, setOpen] = useState(false);
  return (
    <blockquote className={isOpen ? "post-quote" : "post-quote is-folded"}>
      {children}
      {!isOpen && (
        <button type="button" className="post-unfold" onClick={() => setOpen(true)}>
          {t("ads:post.unfold")}
        </button>
      )}
    </blockquote>
  );
}

function RunView({ run }: { run: Run }): ReactNode {
  return run.kinds.includes("spoiler") ? <Spoiler run={run} /> : <Styled run={run} />;
}

function Spoiler({ run }: { run: Run }): ReactNode {
  const t = useWords();
  const [isShown, setShown] = useState(false);
  if (isShown) return <Styled run={run} />;
  return (
    <button type="button" className="post-spoiler" onClick={() => setShown(true)}>
      <span className="visually-hidden">{t("ads:post.spoiler")}</span>
      <span aria-hidden="true">{run.text}</span>
    </button>
  );
}

const tags: Partial<Record<EntityKind, "b" | "i" | "u" | "s" | "code">> = {
  bold: "b",
  italic: "i",
  underline: "u",
  strikethrough: "s",
  code: "code",
};

function Styled({ run }: { run: Run }): ReactNode {
  const dressed = <Dressed kinds={run.kinds} text={run.text} />;
  // Where it leads is told below the post, in full: a link's words may say anything.
  return run.url === null ? dressed : <span className="post-link">{dressed}</span>;
}

function Dressed({ kinds, text }: { kinds: readonly EntityKind[]; text: string }): ReactNode {
  const [kind, ...inner] = kinds;
  if (!kind) return text;
  const Tag = tags[kind];
  const rest = <Dressed kinds={inner} text={text} />;
  return Tag ? <Tag>{rest}</Tag> : rest;
}
