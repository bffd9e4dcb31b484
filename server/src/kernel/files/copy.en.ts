export default {
  errors: {
    not_found: "This picture is no longer there. Add it again.",
    not_a_picture: "This file is not a picture that can be shown. Send a JPEG, PNG, WebP or AVIF.",
    too_large: "This picture has too many pixels. Send a smaller one.",
    too_many: "Too many pictures that belong to nothing yet. Use them, or come back later.",
    in_use: "This picture already belongs to something else. Add it again.",
  },
};
