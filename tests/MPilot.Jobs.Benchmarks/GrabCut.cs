using System.Diagnostics;
using System.Globalization;

using MPilot.Jobs.Imaging.Tests.Kit;

namespace MPilot.Jobs.Benchmarks;

/// <summary>OpenCV's grabCut in a process of its own, by Debian's Python and a script beside this program.</summary>
internal sealed class GrabCut : IDisposable
{
    // Debian's, whatever else the path offers: its package of OpenCV is for this one.
    private const string Python = "/usr/bin/python3";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mpilot-bench-");
    private readonly Process _process;

    public GrabCut()
    {
        var start = new ProcessStartInfo(Python, [Path.Combine(AppContext.BaseDirectory, "grabcut.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{Python} did not start.");
    }

    /// <exception cref="InvalidOperationException">It ended: most likely OpenCV is not installed.</exception>
    public async Task<(Pixels Cut, TimeSpan Time)> CutAsync(byte[] jpeg)
    {
        var (picture, answer) = (Path.Combine(_folder.FullName, "picture.jpg"), Path.Combine(_folder.FullName, "answer.png"));
        await File.WriteAllBytesAsync(picture, jpeg);
        await _process.StandardInput.WriteLineAsync($"{picture}\t{answer}");
        await _process.StandardInput.FlushAsync();
        var seconds = await _process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException($"{Python} ended; OpenCV is Debian's python3-opencv.");
        return (Pixels.Decode(await File.ReadAllBytesAsync(answer)), TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }
}
