using System.Collections.Immutable;
using ConsultHub.Lectures.Media;

namespace ConsultHub.Web.Lectures;

/// <summary>Tells a viewer who sends, and whether the stage is closed to the viewer.</summary>
/// <param name="Open">False when the stage is closed to this viewer: before it goes live, in a break, and after the end.</param>
/// <param name="At">The hub's clock, UTC.</param>
public sealed record LectureAir(bool Open, ImmutableArray<MediaSource> Sources, DateTimeOffset At);
