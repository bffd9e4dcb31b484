/** A listing by its offer code, which opens private ones too. */
import type { ReactNode } from "react";
import { useListingByCode } from "../queries.ts";
import { ListingPage } from "./listing-screen.tsx";

export default function OfferScreen({ code }: { code: string }): ReactNode {
  return <ListingPage query={useListingByCode(code)} code={code} />;
}
