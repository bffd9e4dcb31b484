/**
 * An endpoint as data: its path, who may call it, what it takes and gives, and the one verb or query it calls. The same list
 * is mounted on HTTP and printed as OpenAPI, so neither can forget what the other has.
 */
import type { z } from "zod";
import type { Ctx } from "./context.ts";
import type { Allow } from "./verb.ts";

export type Method = "get" | "post" | "put" | "delete";
type Example<T> = T extends z.ZodType ? z.input<T> : never;
type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;

export type EndpointSpec<P, Q, B, A> = {
  /** `anonymous` serves everybody; `user` anybody signed in; `staff:<role>` staff. Of several, any will do. */
  who: Allow | readonly Allow[];
  summary: string;
  params?: P;
  query?: Q;
  body?: B;
  /** The body is bytes and not JSON: their types, for the description, and how many there may be. Read once the caller is known. */
  bytes?: { types: readonly string[]; max: number };
  /** Shape of the answer; none means 204 without a body. */
  answer?: A;
  status?: 200 | 201 | 202;
  /** Calls per minute and caller beyond the general limits; for what costs or can be guessed. */
  perMinute?: number;
  /** For the description of the API. */
  examples?: { body?: Example<B>; answer?: Example<A> };
};

export type RequestFacts = {
  userAgent: string | null;
  address: string;
  /** Any other header, by its name in small letters; null when it was not sent. */
  header(name: string): string | null;
};
/** An answer that sets a cookie as well: `answer` is undefined where the endpoint has no body. */
export class WithCookie<T> {
  readonly answer: T;
  /** The whole value of `Set-Cookie`. */
  readonly cookie: string;
  constructor(answer: T, cookie: string) {
    this.answer = answer;
    this.cookie = cookie;
  }
}
type Given<P, Q, B> = {
  params: Parsed<P>;
  query: Parsed<Q>;
  body: Parsed<B>;
  /** Empty unless the endpoint takes bytes. */
  bytes: Uint8Array<ArrayBuffer>;
  request: RequestFacts;
};

export type Endpoint = {
  readonly method: Method;
  /** Hono's form: `/api/deals/:id`. */
  readonly path: string;
  readonly spec: EndpointSpec<
    z.ZodType | undefined,
    z.ZodType | undefined,
    z.ZodType | undefined,
    z.ZodType | undefined
  >;
  handle(ctx: Ctx, given: Given<undefined, undefined, undefined>): Promise<unknown>;
};

type Result<A> = A extends z.ZodType
  ? z.input<A> | Response | WithCookie<z.input<A>>
  : // biome-ignore lint/suspicious/noConfusingVoidType: an endpoint without a body returns nothing.
    void | WithCookie<undefined>;

const make =
  (method: Method) =>
  <
    P extends z.ZodType | undefined,
    Q extends z.ZodType | undefined,
    B extends z.ZodType | undefined,
    A extends z.ZodType | undefined,
  >(
    path: string,
    spec: EndpointSpec<P, Q, B, A>,
    handle: (ctx: Ctx, given: Given<P, Q, B>) => Promise<Result<A>>,
  ): Endpoint => ({
    method,
    path,
    spec: spec as Endpoint["spec"],
    handle: handle as unknown as Endpoint["handle"],
  });

export const get = make("get");
export const post = make("post");
export const put = make("put");
export const del = make("delete");

/** Answers with bytes instead of JSON (photos). `maxAge` seconds. */
export type BytesAnswer = { bytes: Uint8Array; type: string; maxAge: number };
