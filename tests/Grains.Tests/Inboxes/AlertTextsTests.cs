using ConsultHub.Accounts;
using ConsultHub.Conferences.Audience;
using ConsultHub.Inboxes;
using ConsultHub.Rostering;

namespace ConsultHub.Tests.Inboxes;

public sealed class AlertTextsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    private static readonly AlertWords Words = new(
        new("Al Qassimi Hospital", "مستشفى القاسمي", "알카시미 병원"),
        new("Clinic 2", "العيادة 2", "진료실 2"),
        new("Mariam Al Suwaidi", "مريم السويدي", "마리암 알수와이디"),
        TimeZoneInfo.FindSystemTimeZoneById("Asia/Dubai"),
        TimeZoneInfo.FindSystemTimeZoneById("Asia/Seoul"),
        Now
    );

    private static readonly Engagement Engagement = new()
    {
        Id = new("e-1"),
        Kind = EngagementKind.Consultation,
        Title = "Valve clinic",
        Hospital = new("h-1"),
        Room = new("r-2"),
        Specialty = "cardiology",
        Start = new(2026, 11, 24, 5, 0, 0, TimeSpan.Zero),
        End = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero),
    };

    private static string Say(
        string language,
        AlertKind kind,
        Func<Engagement, Engagement>? before = null,
        Func<Engagement, Engagement>? after = null,
        string? reason = null
    ) =>
        AlertTexts
            .Of(
                new RaiseAlert(
                    kind,
                    new("ehs"),
                    new Week(2026, 48),
                    after?.Invoke(Engagement) ?? Engagement,
                    before?.Invoke(Engagement),
                    new("p-1"),
                    Reason: reason
                ),
                Words
            )[language]
            .Replace("\u2068", "", StringComparison.Ordinal)
            .Replace("\u2066", "", StringComparison.Ordinal)
            .Replace("\u2060", "", StringComparison.Ordinal)
            .Replace("\u2069", "", StringComparison.Ordinal);

    private static Engagement Asked(Engagement engagement, int minutes) =>
        engagement with
        {
            Proposal = new Proposal
            {
                Id = Guid.NewGuid(),
                Candidate = new("c-1"),
                Deadline = Now.AddMinutes(minutes),
                ProposedBy = new("p-1"),
                AnswerWithin = TimeSpan.FromMinutes(minutes),
            },
        };

    [Theory]
    [InlineData("en", "You are assigned to Valve clinic: Clinic 2, Al Qassimi Hospital, Tuesday 24 November, 09:00–10:00 (Seoul 14:00).")]
    [InlineData("ar", "أُسندت إليك مهمة «Valve clinic»: العيادة 2، مستشفى القاسمي، الثلاثاء 24 نوفمبر، 09:00–10:00 (سيول 14:00).")]
    [InlineData("ko", "‘Valve clinic’ 일정에 배정되셨습니다: 알카시미 병원 진료실 2, 11월 24일 (화) 09:00–10:00 (서울 14:00).")]
    public void An_alert_names_both_time_zones(string language, string expected) =>
        Assert.Equal(expected, Say(language, AlertKind.Assigned));

    [Theory]
    [InlineData("en", 60, "Valve clinic at Al Qassimi Hospital moved 1 hour later: Tuesday 24 November, 09:00–10:00 (Seoul 14:00).")]
    [InlineData(
        "en",
        -150,
        "Valve clinic at Al Qassimi Hospital moved 2 hours 30 minutes earlier: Tuesday 24 November, 09:00–10:00 (Seoul 14:00)."
    )]
    [InlineData(
        "ar",
        60,
        "تأخّر موعد مهمة «Valve clinic» في مستشفى القاسمي بمقدار ساعة واحدة: الثلاثاء 24 نوفمبر، 09:00–10:00 (سيول 14:00)."
    )]
    [InlineData("ar", 120, "تأخّر موعد مهمة «Valve clinic» في مستشفى القاسمي بمقدار ساعتين: الثلاثاء 24 نوفمبر، 09:00–10:00 (سيول 14:00).")]
    [InlineData(
        "ar",
        -180,
        "تقدّم موعد مهمة «Valve clinic» في مستشفى القاسمي بمقدار 3 ساعات: الثلاثاء 24 نوفمبر، 09:00–10:00 (سيول 14:00)."
    )]
    [InlineData(
        "ar",
        660,
        "تأخّر موعد مهمة «Valve clinic» في مستشفى القاسمي بمقدار 11 ساعة: الثلاثاء 24 نوفمبر، 09:00–10:00 (سيول 14:00)."
    )]
    [InlineData(
        "ar",
        135,
        "تأخّر موعد مهمة «Valve clinic» في مستشفى القاسمي بمقدار ساعتين و15 دقيقة: الثلاثاء 24 نوفمبر، 09:00–10:00 (سيول 14:00)."
    )]
    [InlineData(
        "ar",
        14 * 24 * 60,
        "تأخّر موعد مهمة «Valve clinic» في مستشفى القاسمي بمقدار 14 يومًا: الثلاثاء 24 نوفمبر، 09:00–10:00 (سيول 14:00)."
    )]
    [InlineData(
        "ar",
        2 * 24 * 60,
        "تأخّر موعد مهمة «Valve clinic» في مستشفى القاسمي بمقدار يومين: الثلاثاء 24 نوفمبر، 09:00–10:00 (سيول 14:00)."
    )]
    [InlineData(
        "ar",
        25 * 60,
        "تأخّر موعد مهمة «Valve clinic» في مستشفى القاسمي بمقدار يوم واحد وساعة واحدة: الثلاثاء 24 نوفمبر، 09:00–10:00 (سيول 14:00)."
    )]
    [InlineData("ko", 25 * 60, "‘Valve clinic’ 일정이 1일 1시간 늦춰졌습니다: 알카시미 병원, 11월 24일 (화) 09:00–10:00 (서울 14:00).")]
    [InlineData("ko", 120, "‘Valve clinic’ 일정이 2시간 늦춰졌습니다: 알카시미 병원, 11월 24일 (화) 09:00–10:00 (서울 14:00).")]
    [InlineData("ko", -90, "‘Valve clinic’ 일정이 1시간 30분 앞당겨졌습니다: 알카시미 병원, 11월 24일 (화) 09:00–10:00 (서울 14:00).")]
    public void An_alert_about_a_move_says_by_how_much_the_time_changed(string language, int minutes, string expected) =>
        Assert.Equal(
            expected,
            Say(
                language,
                AlertKind.TimeChanged,
                before: d => d with { Start = d.Start.AddMinutes(-minutes), End = d.End.AddMinutes(-minutes) }
            )
        );

    [Theory]
    [InlineData(
        "en",
        30,
        "Mariam Al Suwaidi asks you to take Valve clinic: Clinic 2, Al Qassimi Hospital, Tuesday 24 November, 09:00–10:00 (Seoul "
            + "14:00). Please answer within 30 minutes."
    )]
    [InlineData(
        "ar",
        30,
        "طلبٌ من مريم السويدي لتولّي مهمة «Valve clinic»: العيادة 2، مستشفى القاسمي، الثلاثاء 24 نوفمبر، 09:00–10:00 (سيول "
            + "14:00). يُرجى الرد خلال 30 دقيقة."
    )]
    [InlineData(
        "ar",
        120,
        "طلبٌ من مريم السويدي لتولّي مهمة «Valve clinic»: العيادة 2، مستشفى القاسمي، الثلاثاء 24 نوفمبر، 09:00–10:00 (سيول "
            + "14:00). يُرجى الرد خلال ساعتين."
    )]
    [InlineData(
        "ko",
        30,
        "마리암 알수와이디 님이 ‘Valve clinic’ 일정을 맡아 달라고 요청했습니다: 알카시미 병원 진료실 2, 11월 24일 (화) 09:00–10:00 (서울 14:00). 30분 안에 답변해 주세요."
    )]
    public void A_proposal_alert_says_how_long_there_is_to_answer(string language, int minutes, string expected) =>
        Assert.Equal(expected, Say(language, AlertKind.Proposed, after: d => Asked(d, minutes)));

    [Fact]
    public void A_repeated_proposal_alert_says_how_much_time_is_left() =>
        Assert.EndsWith(
            "Please answer within 20 minutes.",
            Say(
                "en",
                AlertKind.Proposed,
                after: d =>
                    Asked(d, 20) is { } asked ? asked with { Proposal = asked.Proposal! with { AnswerWithin = TimeSpan.FromHours(1) } } : d
            ),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(
        "en",
        "Valve clinic at Al Qassimi Hospital moved 1 hour later: Tuesday 24 November, 09:00–10:00 (Seoul 14:00); new room: Clinic 2."
    )]
    [InlineData(
        "ar",
        "تأخّر موعد مهمة «Valve clinic» في مستشفى القاسمي بمقدار ساعة واحدة: الثلاثاء 24 نوفمبر، 09:00–10:00 (سيول 14:00)؛ "
            + "الغرفة الجديدة: العيادة 2."
    )]
    [InlineData(
        "ko",
        "‘Valve clinic’ 일정이 1시간 늦춰졌습니다: 알카시미 병원, 11월 24일 (화) 09:00–10:00 (서울 14:00); 새 장소: 진료실 2."
    )]
    public void A_move_in_time_and_room_names_the_new_room(string language, string expected) =>
        Assert.Equal(
            expected,
            Say(
                language,
                AlertKind.TimeChanged,
                before: d => d with { Start = d.Start.AddHours(-1), End = d.End.AddHours(-1), Room = new("r-1") }
            )
        );

    [Theory]
    [InlineData(
        "en",
        "Urgent: Valve clinic was cancelled and takes place after all: Clinic 2, Al Qassimi Hospital, Tuesday 24 November, "
            + "09:00–10:00 (Seoul 14:00). Please acknowledge."
    )]
    [InlineData(
        "ar",
        "عاجل: أُعيدت مهمة «Valve clinic» بعد إلغائها: العيادة 2، مستشفى القاسمي، الثلاثاء 24 نوفمبر، 09:00–10:00 (سيول 14:00). "
            + "يُرجى تأكيد الاطلاع."
    )]
    [InlineData(
        "ko",
        "긴급: 취소되었던 ‘Valve clinic’ 일정이 다시 진행됩니다: 알카시미 병원 진료실 2, 11월 24일 (화) 09:00–10:00 (서울 14:00). 확인해 주세요."
    )]
    public void An_alert_about_a_reinstated_engagement_says_where_and_when_it_takes_place(string language, string expected) =>
        Assert.Equal(expected, Say(language, AlertKind.Reinstated));

    [Theory]
    [InlineData(
        "en",
        "Valve clinic at Al Qassimi Hospital, Tuesday 24 November, 09:00–10:00 (Seoul 14:00), is cancelled. Reason: flight late."
    )]
    [InlineData("ar", "أُلغيت مهمة «Valve clinic» في مستشفى القاسمي، الثلاثاء 24 نوفمبر، 09:00–10:00 (سيول 14:00). السبب: flight late.")]
    [InlineData("ko", "‘Valve clinic’ 일정이 취소되었습니다: 알카시미 병원, 11월 24일 (화) 09:00–10:00 (서울 14:00). 사유: flight late.")]
    public void A_cancellation_alert_gives_the_reason(string language, string expected) =>
        Assert.Equal(expected, Say(language, AlertKind.Cancelled, reason: "flight late"));

    [Theory]
    [InlineData("en", "Valve clinic at Al Qassimi Hospital now lasts 1 hour: Tuesday 24 November, 09:00–10:00 (Seoul 14:00).")]
    [InlineData("ar", "تغيّرت مدة مهمة «Valve clinic» في مستشفى القاسمي لتصبح ساعة واحدة: الثلاثاء 24 نوفمبر، 09:00–10:00 (سيول 14:00).")]
    [InlineData("ko", "‘Valve clinic’ 일정의 길이가 변경되었습니다(총 1시간): 알카시미 병원, 11월 24일 (화) 09:00–10:00 (서울 14:00).")]
    public void An_alert_about_a_change_of_only_the_length_names_the_new_length(string language, string expected) =>
        Assert.Equal(expected, Say(language, AlertKind.TimeChanged, before: d => d with { End = d.End.AddHours(1) }));

    [Theory]
    [InlineData("en", "Reason: Is she on call? Please answer within 30 minutes.")]
    [InlineData("ar", "السبب: Is she on call? يُرجى الرد خلال 30 دقيقة.")]
    [InlineData("ko", "사유: Is she on call? 30분 안에 답변해 주세요.")]
    public void A_proposal_alert_gives_the_reason(string language, string expected) =>
        Assert.EndsWith(
            expected,
            Say(language, AlertKind.Proposed, after: d => Asked(d, 30), reason: "Is she on call?"),
            StringComparison.Ordinal
        );

    /// <summary>A person who has not looked has not refused. So the sentence must not say that nobody took the engagement.</summary>
    [Theory]
    [InlineData(
        "en",
        "Mariam Al Suwaidi has not yet acknowledged an urgent alert about Valve clinic at Al Qassimi Hospital, Tuesday 24 "
            + "November, 09:00–10:00 (Seoul 14:00)."
    )]
    [InlineData(
        "ar",
        "لم يصل بعد تأكيد اطلاع مريم السويدي على تنبيه عاجل بشأن مهمة «Valve clinic» في مستشفى القاسمي، الثلاثاء 24 نوفمبر، "
            + "09:00–10:00 (سيول 14:00)."
    )]
    [InlineData(
        "ko",
        "마리암 알수와이디 님이 ‘Valve clinic’ 일정에 관한 긴급 알림을 아직 확인하지 않았습니다: 알카시미 병원, 11월 24일 (화) 09:00–10:00 (서울 14:00)."
    )]
    public void A_missing_acknowledgement_is_not_described_as_a_refusal(string language, string expected) =>
        Assert.Equal(expected, Say(language, AlertKind.NotAcknowledged));

    [Fact]
    public void A_time_span_keeps_its_order_between_right_to_left_words() =>
        Assert.Contains(
            "\u206609:00–\u206010:00\u2069",
            AlertTexts.Of(new RaiseAlert(AlertKind.Assigned, new("ehs"), new Week(2026, 48), Engagement, null, new("p-1")), Words)["ar"],
            StringComparison.Ordinal
        );

    [Fact]
    public void The_weekday_in_the_home_time_zone_is_named_if_it_differs() =>
        Assert.EndsWith(
            "Tuesday 24 November, 21:00–22:00 (Seoul Wednesday 02:00).",
            Say("en", AlertKind.Assigned, after: d => d with { Start = d.Start.AddHours(12), End = d.End.AddHours(12) }),
            StringComparison.Ordinal
        );

    [Fact]
    public void Every_kind_of_alert_has_a_sentence_in_every_language()
    {
        foreach (
            var kind in Enum.GetValues<AlertKind>()
                .Except([.. OfConferences, .. OfResearch, .. OfProgrammes, AlertKind.FactorReset, AlertKind.GraveChange])
        )
        foreach (var language in (string[])["en", "ar", "ko"])
            Assert.Contains(
                "Valve clinic",
                Say(language, kind, d => d, d => Asked(d with { Attention = [AttentionReason.HospitalClosed] }, 60)),
                StringComparison.Ordinal
            );
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public void A_reset_factor_has_a_sentence_in_every_language_that_names_who_did_it(bool used)
    {
        var texts = RaiseFactorReset.Texts(new("Mariam", "مريم", "마리암"), used);
        Assert.Contains("Mariam", texts["en"], StringComparison.Ordinal);
        Assert.Contains("مريم", texts["ar"], StringComparison.Ordinal);
        Assert.Contains("마리암", texts["ko"], StringComparison.Ordinal);
        Assert.Equal(3, RaiseFactorReset.Texts(null, used).Values.Distinct().Count());
    }

    [Fact]
    public void Every_kind_of_notice_and_every_change_of_a_session_has_a_sentence_in_every_language()
    {
        foreach (var kind in OfConferences)
        foreach (var change in Enum.GetValues<NoticeChange>())
        {
            var line = new NoticeLine(new("s-1"), "Valve talk", change, new(2026, 11, 24, 5, 0, 0, TimeSpan.Zero), "Hall");
            var texts = NoticeTexts.Of(new RaiseNotice(kind, new("congress"), "Congress", "Asia/Dubai", 1, [line], 0, new("p-1")));
            Assert.Equal(3, texts.Count);
            Assert.All(texts.Values, text => Assert.Contains("Valve talk", text, StringComparison.Ordinal));
        }
    }

    /// <summary>The kinds of alert that are about an education programme.</summary>
    private static readonly AlertKind[] OfProgrammes =
    [
        AlertKind.PlaceOffered,
        AlertKind.OfferLapsed,
        AlertKind.ApplicationReceived,
        AlertKind.OfferAnswered,
        AlertKind.ApplicationDecided,
        AlertKind.RotationChanged,
        AlertKind.CasesReturned,
        AlertKind.Assessed,
        AlertKind.CourseChanged,
        AlertKind.PaperLapses,
    ];

    private static readonly AlertKind[] OfResearch =
    [
        AlertKind.MilestoneLate,
        AlertKind.TaskGiven,
        AlertKind.ProposalDecided,
        AlertKind.MeetingChanged,
    ];

    /// <summary>The kinds of alert that are about a conference and not about an engagement.</summary>
    private static readonly AlertKind[] OfConferences = [AlertKind.SessionMoved, AlertKind.ProgrammeChanged, AlertKind.PlaceFree];
}
