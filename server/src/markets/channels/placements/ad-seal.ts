/** Names the column in which advertisers' data are sealed. */
export const adSeal = "channels.creatives.ad";
