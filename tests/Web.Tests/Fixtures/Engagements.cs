using ConsultHub.Rostering;

namespace ConsultHub.Tests.Fixtures;

/// <summary>Commands for engagements that break no rule.</summary>
public static class Engagements
{
    public const string Hospital = "al-qassimi";

    /// <param name="hour">The hour of the day in UTC.</param>
    public static DateTimeOffset At(Week week, int day, double hour) =>
        new DateTimeOffset(week.Monday.AddDays(day), TimeOnly.MinValue, TimeSpan.Zero).AddHours(hour);

    /// <summary>Plans an engagement on Tuesday morning without a consultant.</summary>
    public static Plan Plan(Week week, string id, string hospital = Hospital) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Engagement = new(id),
            Kind = EngagementKind.Consultation,
            Title = "Follow-up clinic",
            Hospital = new(hospital),
            Specialty = "cardiology",
            Start = At(week, 1, 5),
            End = At(week, 1, 6),
        };

    public static ChangeTime Later(Week week, string id, double hour) =>
        new()
        {
            CommandId = Guid.NewGuid(),
            Engagement = new(id),
            Start = At(week, 1, hour),
            End = At(week, 1, hour + 1),
            Reason = "test",
        };
}
