using System.Collections.Immutable;
using Orleans.Concurrency;

namespace ConsultHub.Lectures.Media;

/// <summary>A publisher that is sending now.</summary>
/// <param name="Publication">A number that rises within a lecture, also after restarts.</param>
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

/// <summary>What a web node needs to begin: the publishers, and the packets for viewers who join.</summary>
[GenerateSerializer, Immutable, Alias("hub.MediaPicture")]
public sealed record MediaPicture(
    [property: Id(0)] ImmutableArray<MediaSource> Sources,
    [property: Id(1)] ImmutableArray<MediaPacket> Packets
);

/// <summary>
/// The observer through which a web node receives the media of one lecture. Calls are one-way. A lost call shows as a gap in a track's
/// sequence, and the next keyframe of the track repairs it.
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
/// Passes a lecture's media from the web node of each publisher once to every web node that has viewers. It keeps only the newest frames in
/// memory and writes nothing to disk. The publisher's web node writes the recording. Key: the session.
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

    /// <summary>Passes on a packet that the sender has checked.</summary>
    /// <returns>
    ///     False if the publication has ended or is unknown because its silo was lost. The publisher must then begin a new one.
    /// </returns>
    [Alias("Push")]
    Task<bool> PushAsync(uint publication, MediaPacket packet);

    [Alias("End")]
    Task EndAsync(uint publication);

    [Alias("Sources")]
    Task<ImmutableArray<MediaSource>> SourcesAsync();

    /// <summary>Registers or renews an observer. It expires after one minute.</summary>
    /// <returns>Null if the observer was already registered.</returns>
    [Alias("Observe")]
    Task<MediaPicture?> ObserveAsync(ILectureMediaObserver observer);

    [Alias("Unobserve")]
    Task UnobserveAsync(ILectureMediaObserver observer);
}
