/** The only file of the Mini App that names every market. Order is the order on the home screen. */
import { advertising } from "../features/advertising/feature.ts";
import { channels } from "../features/channels/feature.ts";
import { services } from "../features/services/feature.ts";
import type { Feature } from "../kernel/feature.ts";

export const features: readonly Feature[] = [services, channels, advertising];
