using System.Collections.Immutable;
using ConsultHub.Rostering;

namespace ConsultHub.Scorecards;

/// <summary>What an engagement adds to the figures. <see cref="Figure"/> has the rules. Pure.</summary>
public static class EngagementFigures
{
    /// <summary>The figure of each kind. Null for a meeting of an initiative, which is no figure of its own.</summary>
    public static Figure? Of(EngagementKind kind) =>
        kind switch
        {
            EngagementKind.ClinicalVisit => Figure.ClinicalVisits,
            EngagementKind.Consultation => Figure.Consultations,
            EngagementKind.ClinicalEvaluation => Figure.Evaluations,
            EngagementKind.TreatmentPlanFollowUp => Figure.FollowUps,
            EngagementKind.RemoteSecondOpinion => Figure.SecondOpinions,
            EngagementKind.Lecture => Figure.Lectures,
            EngagementKind.ConferenceSession => Figure.ConferenceSessions,
            EngagementKind.ClinicalTeaching => Figure.ClinicalTeaching,
            EngagementKind.Workshop or EngagementKind.Training => Figure.Workshops,
            EngagementKind.Operation => Figure.Operations,
            EngagementKind.ResearchMeeting => null,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };

    /// <summary>
    /// The rows of an engagement. One that is cancelled or that nobody came to has none. One that is moving to another week counts where it
    /// is now.
    /// </summary>
    public static void AddRows(List<FigureRow> rows, Engagement engagement, Week week, DateOnly day, ImmutableArray<PartnerId> partners)
    {
        if (!engagement.TakesTime)
            return;
        var (own, done) = (Of(engagement.Kind), engagement.Status == EngagementStatus.Completed);
        var work = done ? engagement.Work : null;
        var thing = new FigureThing("engagement", engagement.Id.Value, engagement.Title, week);

        void Add(Figure figure, int planned, int sum, bool missing = false)
        {
            if (planned > 0 || sum > 0 || missing)
                rows.Add(new(figure, thing, day, engagement.Hospital, engagement.Specialty, partners, planned, sum, missing ? 1 : 0));
        }

        void AddCounted(Figure figure, int? count) =>
            Add(figure, own == figure ? 1 : 0, count ?? 0, done && own == figure && count is null);

        AddCounted(Figure.Consultations, work?.Consultations);
        AddCounted(Figure.Evaluations, work?.Evaluations);
        AddCounted(Figure.FollowUps, work?.FollowUps);
        AddCounted(Figure.Operations, work?.Operations);
        var teaches = own is Figure.Lectures or Figure.ClinicalTeaching or Figure.Workshops;
        Add(Figure.Taught, teaches ? engagement.Attendees ?? 0 : 0, work?.Taught ?? 0, done && teaches && work?.Taught is null);
        if (own is Figure.Lectures or Figure.ConferenceSessions)
            Add(Figure.LectureAttendances, engagement.Attendees ?? 0, work?.Taught ?? 0, done && work?.Taught is null);
        if (own is { } figure && figure is not (Figure.Consultations or Figure.Evaluations or Figure.FollowUps or Figure.Operations))
            Add(figure, 1, done ? 1 : 0);
    }
}
