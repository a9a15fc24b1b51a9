package io.siaran.sequence.enrolment;

/** Who is reviewed before whom; the column {@code lead_reviews.rank} has the numbers. */
enum ReviewRank {
    /** Is inside a sequence and changed: may have to leave. */
    MAY_LEAVE(1),
    /** Changed, and may enter. */
    MAY_ENTER(2),
    /** One of many at once, whom an activation or a request concerns. */
    CROWD(3);

    private final int number;

    ReviewRank(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
