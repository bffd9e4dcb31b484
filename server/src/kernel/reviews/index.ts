/** The front door of reviews: markets write reviews and complaints inside their own transaction, and read averages. */
export { fileComplaint, type NewComplaint } from "./file-complaint.ts";
export { ratingOf, ratingsOf, reviewsAbout, reviewsOf, targetKey, withOpenComplaints } from "./queries.ts";
export { registerRated } from "./rated.ts";
export { type NewReview, type Subject, type Target, writeReview } from "./write-review.ts";
