using System.Buffers;

namespace ConsultHub.Web.Lectures;

/// <summary>Writes a PDF from a request to a temporary file, and lets a reader process check it. Disposing deletes the file.</summary>
internal sealed class SlideUpload : IDisposable
{
    public const int TooManyBytes = 50 * 1024 * 1024;

    /// <summary>Limits how many reader processes run at once.</summary>
    private static readonly SemaphoreSlim AtOnce = new(2);

    public FileInfo File { get; } = new(Path.GetTempFileName());

    /// <returns>The code of what is wrong with the file, or the number of its pages.</returns>
    public async Task<(Code? Code, int Pages)> TakeAsync(Stream body, CancellationToken cancel)
    {
        if (!await CopyAsync(body, cancel))
            return (SlideCodes.TooLarge, 0);
        await AtOnce.WaitAsync(cancel); // waits after receiving the file, so that a slow sender delays nobody
        try
        {
            return await SlideReading.ReadAsync(File.FullName, cancel);
        }
        finally
        {
            AtOnce.Release();
        }
    }

    private async Task<bool> CopyAsync(Stream body, CancellationToken cancel)
    {
        await using var file = File.Open(FileMode.Create, FileAccess.Write);
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (await body.ReadAsync(buffer, cancel) is > 0 and var count)
            {
                if (file.Length + count > TooManyBytes)
                    return false;
                await file.WriteAsync(buffer.AsMemory(0, count), cancel);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return true;
    }

    public void Dispose() => File.Delete();
}
