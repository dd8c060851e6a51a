using MPilot.Jobs.Imaging.Vips;

using Shouldly;

using Xunit;

namespace MPilot.Jobs.Imaging.Tests.Vips;

public sealed class VipsModulesTests
{
    [Fact]
    public void Load_WhenDone_HasLoadedNoModules()
    {
        VipsLibrary.Unavailable.ShouldBeNull();

        var loaded = File.ReadLines("/proc/self/maps").Select(line => Path.GetFileName(line)).ToHashSet(StringComparer.Ordinal);

        loaded.ShouldContain(name => name.StartsWith("libvips", StringComparison.Ordinal));
        loaded.ShouldNotContain(name => name.StartsWith("vips-", StringComparison.Ordinal) && name.EndsWith(".so", StringComparison.Ordinal));
    }
}
