package io.siaran.gateway.linking;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class QrCodeTest {

    /** As long as WhatsApp's are. */
    private static final String CODE = "2@" + "Ab3+/=,".repeat(33);

    @Test
    void a_scanner_reads_from_the_image_what_the_code_says() throws Exception {
        assertThat(read(QrCode.of(CODE).png())).isEqualTo(CODE);
    }

    @Test
    void the_vector_image_has_the_same_modules_and_nothing_that_could_run() {
        // Given
        QrCode code = QrCode.of(CODE);
        int dark = 0;
        for (int y = 0; y < code.modules().getHeight(); y++) {
            for (int x = 0; x < code.modules().getWidth(); x++) {
                dark += code.modules().get(x, y) ? 1 : 0;
            }
        }

        // Then
        assertThat(code.svg().split("h1v1h-1z", -1)).hasSize(dark + 1);
        assertThat(code.svg()).startsWith("<svg ").doesNotContain("script", "2@");
    }

    static String read(byte[] png) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        RGBLuminanceSource source = new RGBLuminanceSource(image.getWidth(), image.getHeight(), pixels);
        return new QRCodeReader()
                .decode(new BinaryBitmap(new HybridBinarizer(source)))
                .getText();
    }
}
