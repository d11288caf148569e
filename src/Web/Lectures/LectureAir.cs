using System.Collections.Immutable;
using ConsultHub.Lectures.Media;

namespace ConsultHub.Web.Lectures;

/// <summary>What a viewer is told beside the media: who sends, and why nothing comes where nothing does.</summary>
/// <param name="Open">False while the stage is closed to this viewer: before it goes live, in a break, after the end.</param>
/// <param name="At">The hub's clock, UTC.</param>
public sealed record LectureAir(bool Open, ImmutableArray<MediaSource> Sources, DateTimeOffset At);
