-- Of an order that three took, its customer may say something of each.
alter table reviews.reviews drop constraint reviews_subject_kind_subject_id_author_id_key;
alter table reviews.reviews add unique (subject_kind, subject_id, author_id, person_id);
