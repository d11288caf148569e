using System.Collections.Immutable;
using Orleans.Concurrency;

namespace ConsultHub.Lectures.Media;

/// <summary>A publisher that is sending now.</summary>
/// <param name="Publication">A number that is higher for each new publication of the lecture, also after a restart of the hub.</param>
/// <param name="Tracks">The tracks that are switched on. See <see cref="MediaTracks"/>.</param>
/// <param name="StartedAt">The instant at which the publication's clock was 0, UTC by the hub's clock.</param>
[GenerateSerializer, Immutable, Alias("hub.MediaSource")]
public sealed record MediaSource(
    [property: Id(0)] uint Publication,
    [property: Id(1)] PersonId Person,
    [property: Id(2)] DateTimeOffset StartedAt,
    [property: Id(3)] ImmutableArray<byte> Tracks
);

/// <summary>A packet of media. See <see cref="MediaWire"/>. Its bytes never change.</summary>
[GenerateSerializer, Immutable, Alias("hub.MediaPacket")]
public readonly record struct MediaPacket([property: Id(0)] byte[] Bytes);

/// <summary>The data that a web node needs before it can serve viewers: the publishers, and the packets for viewers who join.</summary>
[GenerateSerializer, Immutable, Alias("hub.MediaPicture")]
public sealed record MediaPicture(
    [property: Id(0)] ImmutableArray<MediaSource> Sources,
    [property: Id(1)] ImmutableArray<MediaPacket> Packets
);

/// <summary>
/// The observer through which a web node receives the media of one lecture. Calls are one-way. A lost packet shows as a gap in a track's
/// sequence, and the next keyframe of the track repairs the gap.
/// </summary>
[Alias("hub.ILectureMediaObserver")]
public interface ILectureMediaObserver : IGrainObserver
{
    [OneWay, Alias("Media")]
    Task MediaAsync(MediaPacket packet);

    [OneWay, Alias("Sources")]
    Task SourcesAsync(ImmutableArray<MediaSource> sources);
}

/// <summary>
/// Receives a lecture's media from the web nodes of the publishers, and sends each packet once to every web node that has registered an
/// observer. It keeps only the newest frames in memory and writes nothing to disk. The publisher's web node writes the recording. Key: the
/// session.
/// </summary>
[Alias("hub.ILectureMediaGrain")]
public interface ILectureMediaGrain : IGrainWithStringKey
{
    /// <summary>Begins a publication. An older publication of the same person ends.</summary>
    [Alias("Begin")]
    Task<MediaSource> BeginAsync(PersonId person, ImmutableArray<byte> tracks);

    /// <summary>Sets the tracks that are switched on.</summary>
    [Alias("Switch")]
    Task SwitchAsync(uint publication, ImmutableArray<byte> tracks);

    /// <summary>Passes on a packet that the publisher's web node has checked.</summary>
    /// <returns>
    ///     False if the publication has ended, or if it is unknown because the silo that ran this grain was lost. The publisher must then
    ///     begin a new publication.
    /// </returns>
    [Alias("Push")]
    Task<bool> PushAsync(uint publication, MediaPacket packet);

    [Alias("End")]
    Task EndAsync(uint publication);

    [Alias("Sources")]
    Task<ImmutableArray<MediaSource>> SourcesAsync();

    /// <summary>Registers an observer or renews its registration. A registration expires after one minute.</summary>
    /// <returns>Null if the observer was already registered.</returns>
    [Alias("Observe")]
    Task<MediaPicture?> ObserveAsync(ILectureMediaObserver observer);

    [Alias("Unobserve")]
    Task UnobserveAsync(ILectureMediaObserver observer);
}
