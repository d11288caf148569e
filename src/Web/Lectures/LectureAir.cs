using System.Collections.Immutable;
using ConsultHub.Lectures.Media;

namespace ConsultHub.Web.Lectures;

/// <summary>
/// A message to one viewer: which sources are sending, and whether the stage is open to this viewer. If it is not open, the list of sources
/// is empty.
/// </summary>
/// <param name="Open">False when the stage is closed to this viewer: before it goes live, in a break, and after the end.</param>
/// <param name="At">The hub's clock, UTC.</param>
public sealed record LectureAir(bool Open, ImmutableArray<MediaSource> Sources, DateTimeOffset At);
